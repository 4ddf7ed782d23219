/** Tests the interpreter by tables of sentences and their meanings. */
@NullMarked
package org.actsandbox.agent.language.understand;

import org.jspecify.annotations.NullMarked;
