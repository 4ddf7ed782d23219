/** Tests the JSON forms of wishes and situations. */
@NullMarked
package org.actsandbox.agent.language;

import org.jspecify.annotations.NullMarked;
