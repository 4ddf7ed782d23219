@NullMarked
package org.actsandbox.web.console.purchase;

import org.jspecify.annotations.NullMarked;
