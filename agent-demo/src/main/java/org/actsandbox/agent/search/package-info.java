/** Asks all platforms of a vertical at once, checks their answers and compares them. */
@NullMarked
package org.actsandbox.agent.search;

import org.jspecify.annotations.NullMarked;
