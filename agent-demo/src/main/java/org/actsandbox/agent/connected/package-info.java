/** Agents of others that listen: the agent of a world passes its principal's words on to them. */
@NullMarked
package org.actsandbox.agent.connected;

import org.jspecify.annotations.NullMarked;
