package org.actsandbox.sandbox.edge;

import org.actsandbox.sandbox.SandboxSettings;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.webflux.autoconfigure.WebFluxRegistrations;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.codec.ServerCodecConfigurer;
import org.springframework.util.unit.DataSize;
import org.springframework.web.reactive.config.WebFluxConfigurer;
import org.springframework.web.reactive.result.method.annotation.ArgumentResolverConfigurer;
import org.springframework.web.reactive.result.method.annotation.RequestMappingHandlerMapping;
import reactor.core.scheduler.Scheduler;
import reactor.netty.NettyPipeline;

/** Configures the server, the handler mapping and the argument resolver of the edge. */
@Configuration(proxyBeanMethods = false)
class EdgeConfiguration implements WebFluxConfigurer {

  private final WorldArguments arguments;
  private final Scheduler waiting;

  EdgeConfiguration(WorldArguments arguments, @Qualifier("waitingScheduler") Scheduler waiting) {
    this.arguments = arguments;
    this.waiting = waiting;
  }

  @Bean
  WebFluxRegistrations mappings() {
    return new WebFluxRegistrations() {
      @Override
      public RequestMappingHandlerMapping getRequestMappingHandlerMapping() {
        return new FixedSegmentHandlerMapping();
      }
    };
  }

  @Bean
  WebServerFactoryCustomizer<NettyReactiveWebServerFactory> malformedHttpHandling(
      @Value("${server.netty.max-initial-line-length}") DataSize line,
      @Value("${server.max-http-request-header-size}") DataSize headers,
      SandboxSettings sandboxSettings) {
    return factory ->
        factory.addServerCustomizers(
            server ->
                server.doOnChannelInit(
                    (_, channel, _) -> {
                      var deadline = new HeaderDeadline(sandboxSettings.headerTime());
                      channel
                          .pipeline()
                          .addBefore(NettyPipeline.HttpCodec, HeaderDeadline.NAME, deadline)
                          .addAfter(
                              NettyPipeline.HttpCodec,
                              MalformedHttpHandler.NAME,
                              new MalformedHttpHandler(
                                  line.toBytes(), headers.toBytes(), deadline));
                    }));
  }

  @Override
  public void configureHttpMessageCodecs(ServerCodecConfigurer configurer) {
    configurer.customCodecs().register(new RequestBodyDecoder());
  }

  @Override
  public void configureArgumentResolvers(ArgumentResolverConfigurer configurer) {
    configurer.addCustomResolver(new WorldArgumentResolver(arguments, waiting));
  }
}
