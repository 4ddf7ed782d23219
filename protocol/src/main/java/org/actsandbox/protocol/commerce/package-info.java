/** The commerce interaction domain's messages (ACT CID). */
@NullMarked
package org.actsandbox.protocol.commerce;

import org.jspecify.annotations.NullMarked;
