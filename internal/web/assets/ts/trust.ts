// The page's own Trusted Types policy. It lets exactly one address through, the
// service worker's. Taking the name at once also keeps anybody else from it.

type Policy = { createScriptURL(url: string): unknown };
type Factory = { createPolicy(name: string, rules: { createScriptURL(url: string): string }): Policy };

export const workerURL = "/sw.js";

export function claimPolicy(): Policy | undefined {
  const factory = (globalThis as { trustedTypes?: Factory }).trustedTypes;
  return factory?.createPolicy("app", {
    createScriptURL(url) {
      if (url !== workerURL) throw new TypeError("not a script of ours: " + url);
      return url;
    },
  });
}
