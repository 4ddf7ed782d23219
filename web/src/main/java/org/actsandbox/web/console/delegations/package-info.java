/**
 * Shows the authority that principals give to agents: requested, confirmed, watched, paused and
 * revoked (ACT ADD).
 */
@NullMarked
package org.actsandbox.web.console.delegations;

import org.jspecify.annotations.NullMarked;
