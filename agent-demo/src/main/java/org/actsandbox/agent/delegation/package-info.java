/**
 * Deals with authority on the agent's side: it requests authority, stores it, and checks the
 * agent's own payments against it.
 */
@NullMarked
package org.actsandbox.agent.delegation;

import org.jspecify.annotations.NullMarked;
