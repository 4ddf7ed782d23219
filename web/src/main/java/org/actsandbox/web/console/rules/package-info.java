/** Shows the rules of ACT: what each number means, and where it is kept and checked. */
@NullMarked
package org.actsandbox.web.console.rules;

import org.jspecify.annotations.NullMarked;
