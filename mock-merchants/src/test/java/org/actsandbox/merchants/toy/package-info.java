/** Provides a tiny vertical and a world around it for the tests of the engine. */
@NullMarked
package org.actsandbox.merchants.toy;

import org.jspecify.annotations.NullMarked;
