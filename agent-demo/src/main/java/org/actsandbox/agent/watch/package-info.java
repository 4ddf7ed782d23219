/** What the agent watches for and buys while nobody is looking, under an authority (ACT L2). */
@NullMarked
package org.actsandbox.agent.watch;

import org.jspecify.annotations.NullMarked;
