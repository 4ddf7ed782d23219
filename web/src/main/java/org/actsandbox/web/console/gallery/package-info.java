/** The scenarios there are: shown by theme, played, run, changed, recorded, and their mutants. */
@NullMarked
package org.actsandbox.web.console.gallery;

import org.jspecify.annotations.NullMarked;
