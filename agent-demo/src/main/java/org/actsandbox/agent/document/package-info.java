/** What the agent keeps as one JSON document a row and comes back to when it is due. */
@NullMarked
package org.actsandbox.agent.document;

import org.jspecify.annotations.NullMarked;
