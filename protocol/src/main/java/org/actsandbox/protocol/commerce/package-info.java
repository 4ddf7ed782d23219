/** The messages of the commerce interaction domain (ACT CID). */
@NullMarked
package org.actsandbox.protocol.commerce;

import org.jspecify.annotations.NullMarked;
