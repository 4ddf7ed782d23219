/** Makes the language models that the agent can run on. */
@NullMarked
package org.actsandbox.agent.model;

import org.jspecify.annotations.NullMarked;
