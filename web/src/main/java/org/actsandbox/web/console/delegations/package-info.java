/** Authority given to agents: asked for, confirmed, watched, paused, taken back (ACT ADD). */
@NullMarked
package org.actsandbox.web.console.delegations;

import org.jspecify.annotations.NullMarked;
