@NullMarked
package org.actsandbox.web.console.comparison;

import org.jspecify.annotations.NullMarked;
