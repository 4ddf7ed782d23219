/** Shows the scenarios by theme, plays, runs, changes and records them, and shows their mutants. */
@NullMarked
package org.actsandbox.web.console.gallery;

import org.jspecify.annotations.NullMarked;
