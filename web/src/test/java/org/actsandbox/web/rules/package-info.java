/** The page of the rules is generated, and held against the sources. */
@NullMarked
package org.actsandbox.web.rules;

import org.jspecify.annotations.NullMarked;
