/**
 * Provides the keys that authenticate and sign: role keys, the key service and public key
 * directories.
 */
@NullMarked
package org.actsandbox.sandbox.key;

import org.jspecify.annotations.NullMarked;
