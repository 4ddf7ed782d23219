package org.actsandbox.protocol.http;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the message types of an endpoint that handles bytes, because signatures cover the bytes.
 * Without it the OpenAPI document could not list them.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface WireMessages {

  Class<?> takes() default Void.class;

  Class<?> answers() default Void.class;

  /** The statuses of successful answers, if the method decides them itself. */
  int[] status() default {};
}
