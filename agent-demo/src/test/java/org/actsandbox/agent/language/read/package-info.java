/** Tests the interpreter by tables of sentences and their meanings. */
@NullMarked
package org.actsandbox.agent.language.read;

import org.jspecify.annotations.NullMarked;
