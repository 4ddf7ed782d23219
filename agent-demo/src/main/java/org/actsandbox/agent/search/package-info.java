/** Asking all platforms of a vertical at once, checking and comparing what they answer. */
@NullMarked
package org.actsandbox.agent.search;

import org.jspecify.annotations.NullMarked;
