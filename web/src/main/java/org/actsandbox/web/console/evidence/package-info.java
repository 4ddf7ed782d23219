/** Records, the chain, bundles and the tamper lab, as a person looks at them. */
@NullMarked
package org.actsandbox.web.console.evidence;

import org.jspecify.annotations.NullMarked;
