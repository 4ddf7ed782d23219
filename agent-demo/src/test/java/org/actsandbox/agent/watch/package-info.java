/** Tests of watches. */
@NullMarked
package org.actsandbox.agent.watch;

import org.jspecify.annotations.NullMarked;
