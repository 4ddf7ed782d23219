/** Checks the merchants of a world on request, and keeps the reports. */
@NullMarked
package org.actsandbox.web.check;

import org.jspecify.annotations.NullMarked;
