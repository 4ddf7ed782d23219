/** Generates the page of the rules, and tests it against the sources. */
@NullMarked
package org.actsandbox.web.rules;

import org.jspecify.annotations.NullMarked;
