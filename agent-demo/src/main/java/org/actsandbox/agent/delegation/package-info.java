/** The agent's side of authority: asks for it, keeps it, and checks itself against it. */
@NullMarked
package org.actsandbox.agent.delegation;

import org.jspecify.annotations.NullMarked;
