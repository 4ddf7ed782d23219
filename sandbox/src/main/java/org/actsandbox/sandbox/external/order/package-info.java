/** Shows orders at merchants from outside in their present state. */
@NullMarked
package org.actsandbox.sandbox.external.order;

import org.jspecify.annotations.NullMarked;
