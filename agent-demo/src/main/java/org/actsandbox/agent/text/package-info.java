/** Holds the agent's sentences in English and Chinese. */
@NullMarked
package org.actsandbox.agent.text;

import org.jspecify.annotations.NullMarked;
