package org.actsandbox.protocol.identity;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names the roles that may call an endpoint, at its {@link Caller} parameter. The edge refuses all
 * other callers, and the OpenAPI document lists the roles. Without it every caller is allowed.
 */
@Documented
@Target(ElementType.PARAMETER)
@Retention(RetentionPolicy.RUNTIME)
public @interface AllowedRoles {

  Role[] value();

  /**
   * Says that the endpoint itself refuses other callers. This is for checks that belong to the
   * participant's own rules, so that a defective participant can get them wrong.
   */
  boolean checkedByEndpoint() default false;
}
