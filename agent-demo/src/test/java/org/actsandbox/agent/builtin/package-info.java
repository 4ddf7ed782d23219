/** Tests the built-in model, driven as LangChain4j drives any model. */
@NullMarked
package org.actsandbox.agent.builtin;

import org.jspecify.annotations.NullMarked;
