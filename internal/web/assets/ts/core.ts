// What every page runs after htmx: menus, focus, the live line. All of it is an
// addition; without it the same page works by links and forms.

import { menus } from "./menu";
import { focus } from "./focus";
import { live } from "./live";
import { composing } from "./compose";
import { files } from "./file";
import { claimPolicy } from "./trust";

claimPolicy();
menus(document);
focus(document);
live(document);
composing(document);
files(document);
