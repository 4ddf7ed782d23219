@NullMarked
package org.actsandbox.sandbox.mcp;

import org.jspecify.annotations.NullMarked;
