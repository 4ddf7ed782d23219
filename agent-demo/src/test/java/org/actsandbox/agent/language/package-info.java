/** How what was understood travels. */
@NullMarked
package org.actsandbox.agent.language;

import org.jspecify.annotations.NullMarked;
