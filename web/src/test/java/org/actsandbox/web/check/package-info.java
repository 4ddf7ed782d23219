@NullMarked
package org.actsandbox.web.check;

import org.jspecify.annotations.NullMarked;
