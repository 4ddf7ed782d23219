package org.actsandbox.sandbox;

import org.springframework.beans.factory.support.BeanDefinitionBuilder;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.context.index.CandidateComponentsIndex;
import org.springframework.context.index.CandidateComponentsIndexLoader;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.core.type.classreading.CachingMetadataReaderFactory;
import org.springframework.core.type.classreading.MetadataReaderFactory;

/**
 * Lets all servers of one process look for the components once, and read the annotations of a class
 * once: to read every class of the project takes half of a server's start.
 */
final class ClassesReadOnce implements BeanDefinitionRegistryPostProcessor {

  /** The name under which Spring Boot keeps the reader of a server; it leaves one that is there. */
  private static final String READER =
      "org.springframework.boot.autoconfigure.internalCachingMetadataReaderFactory";

  private static final MetadataReaderFactory SHARED = components();

  private static MetadataReaderFactory components() {
    var loader = SandboxServer.class.getClassLoader();
    // With a resource loader its cache has no limit.
    var read = new CachingMetadataReaderFactory(new DefaultResourceLoader(loader));
    CandidateComponentsIndexLoader.addIndex(loader, new CandidateComponentsIndex());
    var search = new ClassPathScanningCandidateComponentProvider(true);
    search.setMetadataReaderFactory(read);
    search.findCandidateComponents("org.actsandbox");
    return read;
  }

  @Override
  public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
    if (registry.containsBeanDefinition(READER)) {
      registry.removeBeanDefinition(READER);
    }
    registry.registerBeanDefinition(
        READER,
        BeanDefinitionBuilder.rootBeanDefinition(MetadataReaderFactory.class, () -> SHARED)
            .getBeanDefinition());
  }
}
