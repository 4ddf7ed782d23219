package org.actsandbox.sandbox.edge;

import java.util.List;
import org.actsandbox.sandbox.world.ParticipantFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.webflux.autoconfigure.WebFluxRegistrations;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import org.springframework.web.reactive.result.method.annotation.ArgumentResolverConfigurer;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;
import reactor.core.scheduler.Scheduler;

/** What endpoints may take as arguments, and how they are found. */
@Configuration(proxyBeanMethods = false)
class EdgeConfiguration implements WebFluxConfigurer {

  private final List<Class<?>> participants;
  private final Scheduler waiting;

  EdgeConfiguration(
      ObjectProvider<ParticipantFactory<?>> factories,
      @Qualifier("waitingScheduler") Scheduler waiting) {
    this.participants = factories.stream().<Class<?>>map(ParticipantFactory::type).toList();
    this.waiting = waiting;
  }

  @Bean
  WebFluxRegistrations mappings() {
    return new WebFluxRegistrations() {
      @Override
      public RequestMappingHandlerMapping getRequestMappingHandlerMapping() {
        return new QuickMapping();
      }
    };
  }

  @Override
  public void configureArgumentResolvers(ArgumentResolverConfigurer configurer) {
    configurer.addCustomResolver(new WorldArguments(participants, waiting));
  }
}
