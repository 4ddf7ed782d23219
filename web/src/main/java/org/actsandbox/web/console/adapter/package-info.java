/** Answers the ports of the console from the participants of a world, in the same process. */
@NullMarked
package org.actsandbox.web.console.adapter;

import org.jspecify.annotations.NullMarked;
