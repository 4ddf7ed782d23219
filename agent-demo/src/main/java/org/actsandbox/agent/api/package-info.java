/** Holds the HTTP endpoints of the buyer agent and the agent of each principal of a world. */
@NullMarked
package org.actsandbox.agent.api;

import org.jspecify.annotations.NullMarked;
