@NullMarked
package org.actsandbox.web.console.external;

import org.jspecify.annotations.NullMarked;
