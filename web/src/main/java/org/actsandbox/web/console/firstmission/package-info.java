/** Leads the builder of an agent from the first call to a grade, one step after the other. */
@NullMarked
package org.actsandbox.web.console.firstmission;

import org.jspecify.annotations.NullMarked;
