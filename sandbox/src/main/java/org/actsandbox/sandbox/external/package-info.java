/** Merchants that run outside the sandbox and take part in a world: what is stored of them. */
@NullMarked
package org.actsandbox.sandbox.external;

import org.jspecify.annotations.NullMarked;
