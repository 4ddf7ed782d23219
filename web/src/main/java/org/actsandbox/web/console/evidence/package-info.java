/** Shows evidence to people: records, the chain, bundles and the tamper lab. */
@NullMarked
package org.actsandbox.web.console.evidence;

import org.jspecify.annotations.NullMarked;
