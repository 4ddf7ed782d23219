@NullMarked
package org.actsandbox.web.console.firstmission;

import org.jspecify.annotations.NullMarked;
