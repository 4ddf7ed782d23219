/** Tests what the built-in agent answers to people's sentences, in a real server. */
@NullMarked
package org.actsandbox.sandbox.language;

import org.jspecify.annotations.NullMarked;
