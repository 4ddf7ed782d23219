@NullMarked
package org.actsandbox.sandbox.mcp.message;

import org.jspecify.annotations.NullMarked;
