/** Finds in the journal what was tried against the principal of a run. */
@NullMarked
package org.actsandbox.web.console.attack;

import org.jspecify.annotations.NullMarked;
